//! Floor 3: the machine: clock, entropy, tasks, listeners. Real ones here, fakes for tests.
