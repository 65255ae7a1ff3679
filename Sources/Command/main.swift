print("scrubjay")
