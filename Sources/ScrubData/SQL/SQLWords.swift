/// The words of SQL expressions that are not columns, in capitals.
enum SQLWords {
    /// Words an expression may have, and some that SQLite itself then refuses with a better message than "unknown
    /// column".
    static let allowed: Set<String> = [
        "AND", "OR", "NOT", "IS", "NULL", "ISNULL", "NOTNULL", "IN", "BETWEEN", "LIKE", "GLOB", "REGEXP", "MATCH",
        "ESCAPE",
        "COLLATE", "CASE", "WHEN", "THEN", "ELSE", "END", "CAST", "AS", "TRUE", "FALSE", "DISTINCT", "FROM",
        "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "OVER", "FILTER", "WHERE", "PARTITION", "ORDER", "BY",
        "EXISTS", "RAISE",
    ]

    /// Words that begin statements and subqueries.
    static let forbidden: Set<String> = ["SELECT", "VALUES", "WITH"]
}
