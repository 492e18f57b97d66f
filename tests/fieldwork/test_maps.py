"""Degrees become a drawing that holds everything and keeps directions."""

from hypothesis import given
from hypothesis import strategies as st

from fieldwork import maps
from fieldwork.maps import Frame

LATITUDES, LONGITUDES = st.floats(20, 50), st.floats(80, 130)


@st.composite
def frames(draw):
    south, west = draw(LATITUDES), draw(LONGITUDES)
    return Frame(south, west, south + draw(st.floats(0.001, 5)), west + draw(st.floats(0.001, 5)))


@given(frames(), st.floats(0, 1), st.floats(0, 1))
def test_everything_inside_is_drawn_inside(frame, up, right):
    point = frame.south + up * (frame.north - frame.south), frame.west + right * (frame.east - frame.west)
    assert frame.holds(*point)


@given(frames())
def test_north_is_up_and_east_is_right(frame):
    (x1, y1), (x2, y2) = frame.place(frame.south, frame.west), frame.place(frame.north, frame.east)
    assert x1 <= x2
    assert y1 >= y2


@given(st.integers(1, 100_000))
def test_more_jobs_are_never_drawn_smaller(count):
    assert maps.radius(count) <= maps.radius(count + 1) <= 34
