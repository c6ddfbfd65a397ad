def test_it(database):
    pass
