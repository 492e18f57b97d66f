"""Territory, halls, customers, accounts, meters and staff: what the verbs do, refuse and leave in the history."""

from datetime import date, time, timedelta

import pytest

from accounts import models, numbers, operations, sealing
from accounts.actors import System
from accounts.operations import NewAccount, NewCustomer, NewMeter, NewPlace, NewStaff, Period, Window
from accounts.roles import Role
from tests.factories import accounts as people

BY = System("tests")
LEVEL = models.Territory.Level


@pytest.fixture
def county(now, db):
    def node(parent, level, name):
        return operations.add_node(parent=parent, place=NewPlace(level=level, name=name), by=BY, at=now)

    province = node(None, LEVEL.PROVINCE, "山东省")
    return node(node(province, LEVEL.CITY, "临沂市"), LEVEL.COUNTY, "兰陵县")


@pytest.fixture
def unit(county, now):
    compound = operations.add_node(parent=county, place=NewPlace(level=LEVEL.COMPOUND, name="开元名都"), by=BY, at=now)
    return operations.add_node(parent=compound, place=NewPlace(level=LEVEL.UNIT, name="3号楼2单元"), by=BY, at=now)


@pytest.fixture
def home(unit, now):
    premises = operations.register_premises(territory=unit, door="501", by=BY, at=now)
    customer = operations.register_customer(customer=NewCustomer(name="李娜", phone="+8613800138765"), by=BY, at=now)
    return operations.open_account(account=NewAccount(customer=customer, premises=premises), by=BY, at=now)


class TestTerritory:
    def test_the_path_is_the_chain_of_keys(self, county):
        assert county.path == f"{county.parent.path}{county.pk}/"

    def test_one_history_row_is_signed_per_new_place(self, county):
        assert [row.history_change_reason for row in county.history.all()] == ["system:tests"]

    def test_a_name_is_given_once_below_a_place(self, county, now):
        with pytest.raises(operations.NameTaken, match="兰陵县"):
            operations.add_node(parent=county.parent, place=NewPlace(level=LEVEL.COUNTY, name=" 兰陵县 "), by=BY, at=now)

    def test_two_roots_do_not_share_a_name_either(self, county, now):
        with pytest.raises(operations.NameTaken):
            operations.add_node(parent=None, place=NewPlace(level=LEVEL.PROVINCE, name="山东省"), by=BY, at=now)

    def test_a_city_does_not_lie_in_a_county(self, county, now):
        with pytest.raises(operations.WouldLoop):
            operations.add_node(parent=county, place=NewPlace(level=LEVEL.CITY, name="x"), by=BY, at=now)

    def test_renaming_rewrites_addresses_and_what_finds_them(self, county, home, now):
        assert operations.rename_node(node=county, name="苍山县", by=BY, at=now) == 1
        home.refresh_from_db()
        assert home.premises.address == "山东省临沂市苍山县开元名都3号楼2单元501"
        assert "苍山县" in home.search

    def test_moving_takes_everything_below_along(self, county, unit, home, now):
        town = operations.add_node(parent=county, place=NewPlace(level=LEVEL.TOWN, name="卞庄街道"), by=BY, at=now)
        operations.move_node(node=unit.parent, parent=town, by=BY, at=now)
        unit.refresh_from_db()
        home.premises.refresh_from_db()
        assert unit.path.startswith(town.path)
        assert home.premises.address == "山东省临沂市兰陵县卞庄街道开元名都3号楼2单元501"

    def test_a_place_cannot_lie_in_itself(self, county, unit, now):
        with pytest.raises(operations.WouldLoop):
            operations.move_node(node=county, parent=unit, by=BY, at=now)

    def test_words_in_other_scripts_are_joined_with_commas(self, now, db):
        region = operations.add_node(parent=None, place=NewPlace(level=LEVEL.PROVINCE, name="Омская область"), by=BY, at=now)
        city = operations.add_node(parent=region, place=NewPlace(level=LEVEL.CITY, name="Омск"), by=BY, at=now)
        premises = operations.register_premises(territory=city, door="ул. Мира, 5", by=BY, at=now)
        assert premises.address == "Омская область, Омск, ул. Мира, 5"

    def test_the_same_door_twice_is_one_row(self, unit, home, now):
        again = operations.register_premises(territory=unit, door=" 501 ", by=BY, at=now)
        assert again == home.premises


class TestServiceAreas:
    def test_areas_never_overlap(self, county, unit, hall, now):
        operations.draw_service_area(name="all", hall=hall, nodes=[county], by=BY, at=now)
        with pytest.raises(operations.AreasOverlap):
            operations.draw_service_area(name="part", hall=hall, nodes=[unit], by=BY, at=now)
        assert models.ServiceArea.objects.count() == 1

    def test_neighbours_may_touch(self, county, hall, now):
        towns = [operations.add_node(parent=county, place=NewPlace(level=LEVEL.TOWN, name=name), by=BY, at=now) for name in ("A", "B")]
        for town in towns:
            operations.draw_service_area(name=town.name, hall=hall, nodes=[town], by=BY, at=now)
        assert models.ServiceArea.objects.count() == 2

    def test_moving_a_place_under_another_area_is_refused(self, county, hall, now):
        one, two = (operations.add_node(parent=county, place=NewPlace(level=LEVEL.TOWN, name=name), by=BY, at=now) for name in ("A", "B"))
        below = operations.add_node(parent=one, place=NewPlace(level=LEVEL.COMPOUND, name="C"), by=BY, at=now)
        operations.draw_service_area(name="c", hall=hall, nodes=[below], by=BY, at=now)
        operations.draw_service_area(name="b", hall=hall, nodes=[two], by=BY, at=now)
        with pytest.raises(operations.AreasOverlap):
            operations.move_node(node=below, parent=two, by=BY, at=now)


class TestHalls:
    def test_a_lunch_break_makes_two_windows(self, hall, now):
        windows = [Window(0, time(13), time(17)), Window(0, time(8), time(12))]
        operations.set_hours(hall=hall, windows=windows, by=BY, at=now)
        assert [row.opens.hour for row in hall.hours.all()] == [8, 13]

    @pytest.mark.parametrize("windows", [[(9, 8)], [(8, 8)], [(8, 12), (11, 17)]])
    def test_windows_that_overlap_or_run_backwards_are_refused(self, hall, now, windows):
        with pytest.raises(operations.BadHours):
            operations.set_hours(hall=hall, windows=[Window(0, time(a), time(b)) for a, b in windows], by=BY, at=now)

    def test_counters_are_numbered_one_after_the_other(self, hall, now):
        assert [operations.add_counter(hall=hall, by=BY, at=now).number for _ in range(3)] == [1, 2, 3]


class TestCustomers:
    @pytest.mark.parametrize("name", ["王", "𠮷野", "㛃", "René d'Arc", "Иванова Анна Петровна", "O’Neil", "阿依古丽·买买提"])
    def test_names_are_kept_as_typed(self, now, db, name):
        customer = operations.register_customer(customer=NewCustomer(name=f" {name} "), by=BY, at=now)
        customer.refresh_from_db()
        assert customer.name == name

    @pytest.mark.parametrize("number", ["11010519491231002X", "1101 0519 4912 3100 2x", "E12345678"])
    def test_identity_numbers_are_sealed_and_found_again(self, now, db, number):
        customer = operations.register_customer(customer=NewCustomer(name="李娜", identity_number=number), by=BY, at=now)
        plain = number.replace(" ", "").upper()
        assert plain not in customer.id_number_sealed
        assert sealing.unseal(customer.id_number_sealed) == plain
        assert models.Customer.objects.get(id_number_digest=sealing.digest(plain)).id_number_tail == plain[-4:]

    @pytest.mark.parametrize("number", ["110105194912310021", "11010519991331002X", "12", "абв"])
    def test_wrong_ones_are_refused(self, now, db, number):
        with pytest.raises(operations.BadIdentityNumber):
            operations.register_customer(customer=NewCustomer(name="李娜", identity_number=number), by=BY, at=now)

    @pytest.mark.parametrize(("number", "fits"), [("91110000600037341L", True), ("91110000600037342L", False), ("E12345678", False)])
    def test_entities_have_a_social_credit_code(self, now, db, number, fits):
        new = NewCustomer(name="兰陵酒店", kind="entity", identity_number=number)
        if fits:
            assert operations.register_customer(customer=new, by=BY, at=now).id_number_tail == number[-4:]
        else:
            with pytest.raises(operations.BadIdentityNumber):
                operations.register_customer(customer=new, by=BY, at=now)

    def test_only_what_differs_is_written(self, home, now):
        customer, before = home.customer, home.customer.history.count()
        assert operations.change_customer(customer=customer, changes={"name": "李娜", "language": "ru"}, by=BY, at=now) == ["language"]
        assert operations.change_customer(customer=customer, changes={"language": "ru"}, by=BY, at=now) == []
        assert customer.history.count() == before + 1

    def test_other_columns_cannot_be_reached_that_way(self, home, now):
        with pytest.raises(KeyError):
            operations.change_customer(customer=home.customer, changes={"id_number_tail": "1"}, by=BY, at=now)

    def test_the_first_phone_is_primary_and_its_heir_after_it(self, home, now):
        second = operations.add_phone(customer=home.customer, number="+8613900000001", by=BY, at=now)
        assert not second.is_primary
        operations.remove_phone(phone=home.customer.phones.get(is_primary=True), by=BY, at=now)
        second.refresh_from_db()
        assert second.is_primary

    def test_a_known_phone_is_not_doubled(self, home, now):
        operations.add_phone(customer=home.customer, number="+8613800138765", by=BY, at=now)
        assert home.customer.phones.count() == 1

    def test_a_customer_cannot_look_behind_the_mask(self, home, olive, now):
        from accounts.queries import NotStaff

        with pytest.raises(NotStaff):
            operations.reveal(customer=home.customer, by=olive, at=now)
        assert not models.Disclosure.objects.exists()


class TestAccounts:
    def test_a_new_one_has_a_checked_number_and_is_found(self, home):
        assert numbers.is_valid(home.number)
        assert all(word in home.search for word in (home.number, "李娜", "+8613800138765", "兰陵县"))

    def test_a_number_that_came_in_by_import_is_skipped(self, home, now):
        taken = numbers.with_check_digit(int(home.number[:9]) + 1)
        people.AccountFactory(number=taken)
        assert numbers.next_account_number() not in {home.number, taken}

    def test_a_door_has_one_living_account(self, home, now):
        again = NewAccount(customer=home.customer, premises=home.premises)
        with pytest.raises(operations.DoorTaken, match=home.number):
            operations.open_account(account=again, by=BY, at=now)
        operations.close_account(account=home, by=BY, at=now)
        assert operations.open_account(account=again, by=BY, at=now).number != home.number

    def test_frozen_and_back_leaves_reason_and_actor_in_the_history(self, home, fang, now):
        operations.freeze_account(account=home, reason="欠费", by=fang.user, at=now)
        operations.unfreeze_account(account=home, by=fang.user, at=now)
        thawed, frozen, _ = home.history.all()
        assert (frozen.frozen_reason, thawed.frozen_reason, frozen.history_user) == ("欠费", "", fang.user)

    def test_what_cannot_be_done_is_refused(self, home, now):
        with pytest.raises(operations.NotFrozen):
            operations.unfreeze_account(account=home, by=BY, at=now)
        with pytest.raises(operations.ReasonMissing):
            operations.freeze_account(account=home, reason=" ", by=BY, at=now)
        operations.freeze_account(account=home, reason="x", by=BY, at=now)
        with pytest.raises(operations.AccountFrozen):
            operations.freeze_account(account=home, reason="y", by=BY, at=now)

    def test_closed_is_closed(self, home, now):
        operations.close_account(account=home, by=BY, at=now)
        for act in (operations.close_account, operations.unfreeze_account):
            with pytest.raises(operations.AccountClosed):
                act(account=home, by=BY, at=now)


class TestMeters:
    NEW = NewMeter(kind="volume", serial="M1", maker="金卡", model="G2.5", use_until=date(2036, 1, 1))

    def test_one_at_a_time_and_each_only_once(self, home, account, now):
        meter = operations.install_meter(account=home, meter=self.NEW, by=BY, at=now)
        with pytest.raises(operations.MeterInUse, match="M1"):
            operations.install_meter(account=home, meter=self.NEW, by=BY, at=now)
        operations.remove_meter(meter=meter, residual_litres=3000, by=BY, at=now)
        with pytest.raises(operations.MeterInUse):
            operations.install_meter(account=home, meter=self.NEW, by=BY, at=now)

    def test_removing_twice_keeps_the_first_reading(self, home, now):
        meter = operations.install_meter(account=home, meter=self.NEW, by=BY, at=now)
        operations.remove_meter(meter=meter, residual_litres=3000, by=BY, at=now)
        assert operations.remove_meter(meter=meter, residual_litres=0, by=BY, at=now).residual_litres == 3000


class TestStaff:
    def test_a_new_one_signs_in_and_may_nothing_yet(self, now, db):
        staff = operations.hire_staff(person=NewStaff(username="zhao", number="055", name="赵敏", password="pw-pw-pw-1"), by=BY, at=now)
        assert staff.user.is_staff
        assert staff.user.check_password("pw-pw-pw-1")
        assert not staff.grants.exists()

    def test_numbers_and_names_are_given_once(self, fang, now):
        for person in (NewStaff(username="Fang", number="999", name="x"), NewStaff(username="x", number="017", name="x")):
            with pytest.raises(operations.NumberTaken):
                operations.hire_staff(person=person, by=BY, at=now)

    def test_a_grant_not_begun_is_withdrawn_altogether(self, fang, now):
        grant = operations.grant_role(staff=fang, role=Role.FINANCE, period=Period(now + timedelta(days=1)), by=BY, at=now)
        operations.end_grant(grant=grant, by=BY, at=now)
        assert not fang.grants.filter(role=Role.FINANCE).exists()

    def test_ending_an_ended_grant_changes_nothing(self, fang, now):
        grant = fang.grants.get()
        operations.end_grant(grant=grant, by=BY, at=now)
        operations.end_grant(grant=grant, by=BY, at=now + timedelta(days=1))
        grant.refresh_from_db()
        assert grant.until == now

    def test_those_who_left_cannot_sign_in(self, fang, now):
        operations.dismiss_staff(staff=fang, by=BY, at=now)
        fang.user.refresh_from_db()
        assert not fang.user.is_active

    @pytest.mark.parametrize("days", [0, -1])
    def test_periods_run_forwards(self, fang, mei, now, days):
        with pytest.raises(operations.BadPeriod):
            operations.record_absence(staff=fang, deputy=mei, period=Period(now, now + timedelta(days=days)), by=BY, at=now)

    def test_nobody_stands_in_for_themselves_or_while_away(self, fang, mei, now):
        period = Period(now, now + timedelta(days=1))
        with pytest.raises(operations.BadPeriod, match="themselves"):
            operations.record_absence(staff=fang, deputy=fang, period=period, by=BY, at=now)
        operations.record_absence(staff=fang, deputy=mei, period=period, by=BY, at=now)
        with pytest.raises(operations.BadPeriod, match="away at that time too"):
            operations.record_absence(staff=mei, deputy=fang, period=period, by=BY, at=now)

    def test_nobody_is_planned_while_away_or_twice(self, fang, mei, hall, now):
        day = Period(now, now + timedelta(hours=8))
        operations.plan_duty(staff=fang, hall=hall, period=day, by=BY, at=now)
        with pytest.raises(operations.BadPeriod, match="already"):
            operations.plan_duty(staff=fang, hall=hall, period=day, by=BY, at=now)
        operations.record_absence(staff=mei, deputy=fang, period=day, by=BY, at=now)
        with pytest.raises(operations.BadPeriod, match="away"):
            operations.plan_duty(staff=mei, hall=hall, period=day, by=BY, at=now)
