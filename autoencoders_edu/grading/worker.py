"""Inside the sandbox: runs the learner's cells and answers the grader's questions about what they defined.

Nothing here is trusted, since the learner's code can change all of it. What it sends is read with that in mind.
"""

from autoencoders_edu.exercises.answering import Answering, describe_error
from autoencoders_edu.grading import protocol
from autoencoders_edu.grading.protocol import Ran, Ready, Run, Running


def work(connection):
    """Runs the cells of the first message, one by one, then answers requests until the connection closes."""
    shell = make_shell()
    names = {}

    def origin(filename):
        return names.get(filename, "")

    for number, source in protocol.hear(connection, Run).cells:
        protocol.say(connection, Running(number))
        names[shell.compile.get_code_name(source, shell.transform_cell(source), shell.execution_count)] = (
            f"cell {number}"
        )
        result = shell.run_cell(source, store_history=False, silent=True)
        error = result.error_before_exec or result.error_in_exec
        described = None if error is None else describe_error(error, shell.user_ns, origin)
        protocol.say(connection, Ran(number, described))
    protocol.say(connection, Ready())

    def call_back(request):
        protocol.send(connection, request)
        return protocol.receive(connection)

    answering = Answering(shell.user_ns, call_back, origin)
    while True:
        protocol.send(connection, answering(protocol.receive(connection)))


def warm_up():
    """Runs a cell, so that whatever IPython imports late is there: a worker may not be able to read it any more."""
    shell = make_shell()
    shell.run_cell("1 / 0", store_history=False, silent=True)
    type(shell).clear_instance()


def make_shell():
    """IPython without a terminal, a history or anybody's configuration: cells mean what they mean in a notebook."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = InteractiveShell.instance(config=config)
    shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None
    shell.system = shell.system_raw  # `!command` wants a terminal otherwise, and there is none
    shell.enable_gui = lambda gui=None: None  # %matplotlib asks for it
    return shell
