"""Pages of promises: for staff who keep and write them, and for everybody."""
