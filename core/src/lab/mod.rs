//! Layer 5: the lab and its doors: commands in, time on, questions answered, events told.
