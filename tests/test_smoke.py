def test_the_cast_can_be_built(account, neighbour, olive, shift, qiang, mei, ada):
    assert account.cards.get().meter.account == account
