"""Images on chips, and the reader that can be made to fail."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.devices import cards
from billing.devices.cards import CardImage, CardKind, decode, encode
from billing.devices.simulated import SimulatedReader, load_into_meter
from billing.diagnoses import Diagnosis
from billing.models import SimulatedChip
from billing.sentences import of_card
from tests.factories.accounts import CounterFactory
from tests.factories.billing import image_of

litres = st.integers(0, 2**40)
days = st.one_of(st.none(), st.dates(date(2000, 1, 2), date(2179, 1, 1)))
images = st.builds(
    CardImage,
    factory_code=st.integers(0, 9999).map("{:04d}".format),
    area_code=st.integers(0, 9999).map("{:04d}".format),
    card_number=st.integers(0, 9_999_999_999).map("{:010d}".format),
    password=st.binary(min_size=8, max_size=8).map(bytes.hex),
    counter=st.integers(0, 2**32 - 1),
    litres=litres,
    last_litres=litres,
    previous_litres=litres,
    cumulative_litres=litres,
    alarm_litres=st.integers(0, 2**32 - 1),
    cap_litres=st.integers(0, 2**32 - 1),
    overdraft_litres=st.integers(0, 2**32 - 1),
    sold_on=days,
    previous_sold_on=days,
    cycle_starts=days,
    kind=st.sampled_from(CardKind),
    money=litres,
    prices=st.lists(st.integers(0, 2**32 - 1), max_size=5).map(tuple),
    bounds=st.lists(litres, max_size=4).map(tuple),
    price_version=st.integers(0, 2**16 - 1),
    unlock=st.one_of(st.just(""), st.binary(min_size=8, max_size=8).filter(any).map(bytes.hex)),
)


class TestEncoding:
    @given(images)
    def test_what_is_written_is_read(self, image):
        assert decode(encode(image)) == image

    @given(images)
    def test_an_image_survives_being_kept_as_evidence(self, image):
        assert CardImage.from_json(image.as_json()) == image

    @given(images, st.data())
    def test_one_wrong_byte_is_noticed(self, image, data):
        whole = bytearray.fromhex(encode(image))
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] ^= data.draw(st.integers(1, 255))
        with pytest.raises(cards.DamagedCard):
            decode(whole.hex())

    @pytest.mark.parametrize("content", ["00", "zz", "abc", "0100", "00" * 200])
    def test_what_is_no_image_is_damaged(self, content):
        with pytest.raises(cards.DamagedCard):
            decode(content)

    @pytest.mark.parametrize("content", ["", "ff" * 90])
    def test_a_new_chip_is_empty(self, content):
        with pytest.raises(cards.EmptyCard):
            decode(content)

    @given(images, st.data())
    def test_a_number_that_does_not_fit_is_refused(self, image, data):
        unfit = {"counter": 2**32, "cap_litres": 2**32, "price_version": 2**16, "prices": (2**32,), "money": -1, "litres": 2**64}
        unfit |= {"sold_on": date(2179, 6, 7), "cycle_starts": date(1999, 12, 31)}
        name = data.draw(st.sampled_from(sorted(unfit)))
        with pytest.raises(cards.TooLargeForCard):
            encode(replace(image, **{name: unfit[name]}))


class TestSimulatedReader:
    def wanted(self, card, **changes):
        return image_of(card, **{"counter": 1, "litres": 20_000, "password": "1a" * 8, "unlock": card.password, **changes})

    def test_reads_what_lies_on_it(self, reader, card):
        assert reader.read() == image_of(card)

    def test_an_empty_reader_has_no_card(self, db):
        with pytest.raises(cards.NoCard):
            SimulatedReader(CounterFactory()).read()

    def test_writes_and_reads_back(self, reader, card):
        assert reader.write(self.wanted(card)) == replace(self.wanted(card), unlock="")

    def test_a_wrong_password_writes_nothing(self, reader, card):
        with pytest.raises(cards.WrongPassword):
            reader.write(self.wanted(card, unlock="00" * 8))
        assert reader.read() == image_of(card)

    def test_a_second_write_needs_the_password_of_the_first(self, reader, card):
        reader.write(self.wanted(card))
        with pytest.raises(cards.WrongPassword):
            reader.write(self.wanted(card))

    def test_a_new_chip_asks_for_no_password(self, reader, chip, card):
        SimulatedChip.objects.update(image="")
        assert reader.write(self.wanted(card)).counter == 1

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"factory_code": "0099"}, cards.ForeignCard),
            ({"area_code": "5101"}, cards.ForeignCard),
            ({"kind": CardKind.TOOL}, cards.ToolCard),
        ],
    )
    def test_refuses_cards_that_are_not_a_customers_of_ours(self, reader, chip, card, changes, fault):
        SimulatedChip.objects.update(image=encode(image_of(card, **changes)))
        with pytest.raises(fault):
            reader.read()

    @pytest.mark.parametrize(
        ("script", "fault", "counter"),
        [
            ("pulled_before", cards.NoCard, 0),
            ("power_before", cards.PowerLost, 0),
            ("power_after", cards.PowerLost, 1),
        ],
    )
    def test_a_scripted_fault_happens_once(self, reader, chip, card, script, fault, counter):
        SimulatedChip.objects.update(fault=script)
        with pytest.raises(fault):
            reader.write(self.wanted(card))
        assert reader.read().counter == counter
        assert SimulatedChip.objects.get().fault == ""

    def test_a_torn_write_leaves_a_damaged_card(self, reader, chip, card):
        SimulatedChip.objects.update(fault="torn")
        with pytest.raises(cards.CardPulled):
            reader.write(self.wanted(card))
        with pytest.raises(cards.DamagedCard):
            reader.read()

    def test_the_meter_takes_what_is_on_the_card(self, reader, chip, card):
        reader.write(self.wanted(card))
        chip.refresh_from_db()
        assert load_into_meter(chip).is_loaded
        assert reader.read().counter == 1


@pytest.mark.parametrize("fault", cards.CardFault.__subclasses__())
def test_every_fault_has_a_diagnosis_with_a_sentence(fault):
    assert of_card(fault()) == Diagnosis(fault.code).label
