"""Real faults: processes killed, disks filled, servers that hang, clocks that jump."""
