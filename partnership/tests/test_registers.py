"""A register keeps entries in order, and refuses a key that it has already."""

from dataclasses import dataclass

import pytest

from partnership.registers import Register


@dataclass(frozen=True)
class Dish:
    name: str
    price: int = 0


def dishes() -> Register[Dish]:
    return Register("dishes", key=lambda dish: dish.name)


def test_entries_come_by_order_and_else_as_they_were_added() -> None:
    register: Register[str] = Register("letters")
    register.add("d", order=20)
    register.add("b", "c", order=10)
    register.add("a")
    register.add("e", order=20)
    assert "".join(register) == "abcde"


def test_an_entry_is_found_by_its_key() -> None:
    register = dishes()
    register.add(Dish("soup", 40))
    assert register["soup"].price == 40
    assert "soup" in register
    assert "cake" not in register
    with pytest.raises(KeyError):
        register["cake"]


def test_two_entries_with_one_key_are_refused() -> None:
    register = dishes()
    register.add(Dish("soup", 40))
    with pytest.raises(ValueError, match="'soup' is in the register of dishes twice"):
        register.add(Dish("soup", 50))
    assert register["soup"].price == 40


def test_a_test_may_hold_a_register_to_a_few_entries_and_leaves_it_as_it_was() -> None:
    register = dishes()
    register.add(Dish("soup"))
    with pytest.raises(LookupError), register.only(Dish("cake")):
        assert list(register) == [Dish("cake")]
        raise LookupError
    assert list(register) == [Dish("soup")]
