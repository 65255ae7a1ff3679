#!/bin/sh
# A Slurm cluster of this machine alone, in a folder of its own: munged, slurmctld and slurmd with their own key, sockets,
# ports and spool folders. Prints "ready" and runs until its standard input ends, however that comes about.
#
# usage: cluster.sh FOLDER PORT     FOLDER must be empty; ports PORT and PORT + 1 free
set -eu
folder=$1
port=$2
host=$(hostname -s)
user=$(id -un)
PATH=$PATH:/usr/sbin

mkdir -p "$folder/state" "$folder/spool" "$folder/munge"
chmod 700 "$folder/munge"
# The socket's folder is for every user of the machine to pass.
chmod 755 "$folder"
(umask 077 && head -c 1024 /dev/urandom >"$folder/munge/key")

cat >"$folder/slurm.conf" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=5
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
JobRequeue=1
MinJobAge=3600
KillWait=5
SchedulerParameters=sched_interval=2,requeue_setup_env_fail,batch_sched_delay=1
MailProg=/bin/true
ReturnToService=2
SlurmctldParameters=enable_configless
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=60 State=UP
END

daemons=
stop() {
    trap - EXIT
    # The last one started goes first; a step that still runs is slurmd's, and goes with it.
    for daemon in $daemons; do kill "$daemon" 2>/dev/null || true; done
    sleep 0.5
    for daemon in $daemons; do kill -9 "$daemon" 2>/dev/null || true; done
}
trap stop EXIT
trap 'exit 1' TERM INT HUP

export SLURM_CONF="$folder/slurm.conf"
munged -F --force --key-file="$folder/munge/key" --socket="$folder/munge.socket" --pid-file="$folder/munge/pid" \
    --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" </dev/null >"$folder/munged.log" 2>&1 &
daemons="$! $daemons"
slurmctld -D -c -i </dev/null >"$folder/slurmctld.log" 2>&1 &
daemons="$! $daemons"
slurmd -D </dev/null >"$folder/slurmd.log" 2>&1 &
daemons="$! $daemons"

tries=0
until [ "$(sinfo -h -o %t 2>/dev/null)" = idle ]; do
    tries=$((tries + 1))
    [ $tries -lt 150 ] || {
        tail -n 20 "$folder"/*.log >&2
        exit 1
    }
    sleep 0.2
done
echo ready
cat >/dev/null
