"""What every API door above shares of the spine: a request that may be repeated safely."""
