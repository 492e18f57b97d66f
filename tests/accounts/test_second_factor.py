"""A code of an authenticator app opens a door once."""

import pytest
from django.core.cache import cache

from accounts import second_factor


@pytest.mark.django_db
def test_a_crowd_at_the_throttles_does_not_make_a_spent_code_good_again(fang):
    assert second_factor.spend(user=fang.user, code="123456")
    for stranger in range(400):
        cache.set(f"throttle_track_{stranger}", [], 60)
        cache.set(f"zz_{stranger}", [], 60)
    assert not second_factor.spend(user=fang.user, code="123456")
