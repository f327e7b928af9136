import pytest

from autoencoders_edu.course import tables


def test_a_table_keeps_the_rows_that_were_made_before_a_script_broke_off(tmp_path, capsys):
    def rows():
        yield {"seed": 0, "kl": 1.23456}
        yield {"seed": 1, "kl": 2.0}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tables.write(tmp_path / "table.csv", rows(), decimals=3)
    assert (tmp_path / "table.csv").read_text() == "seed,kl\n0,1.235\n1,2.0\n"
    assert len(capsys.readouterr().out.splitlines()) == 2
