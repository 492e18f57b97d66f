"""The outside things that write gas cards: images, drivers, the simulated reader."""
