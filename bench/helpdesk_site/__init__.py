"""A site around django-helpdesk, as its documentation sets one up, to be measured beside ours. Runs in an environment of its own."""
