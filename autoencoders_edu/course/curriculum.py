"""The order of the lessons."""

from dataclasses import dataclass
from pathlib import Path

from autoencoders_edu.course import folders


@dataclass(frozen=True)
class Lesson:
    """One lesson: its folder, its title, and the numbers of the lessons to do first."""

    folder: str
    title: str
    needs: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        return self.folder[:2]

    def path(self) -> Path:
        return folders.lesson(self.folder)

    def is_here(self) -> bool:
        return (self.path() / "lesson.ipynb").is_file()


LESSONS = (
    Lesson("01_reconstruction", "Copying through a bottleneck"),
    Lesson("02_bottleneck", "How narrow?", ("01",)),
    Lesson("03_losses", "Match the loss to the data", ("01",)),
    Lesson("04_denoising", "Repairing what was broken", ("02",)),
    Lesson("05_sparse", "Few units at a time", ("02",)),
    Lesson("06_latent_space", "A map of the data", ("01",)),
    Lesson("07_vae", "From points to distributions", ("03", "06")),
    Lesson("08_reparameterization", "Gradients through randomness", ("07",)),
    Lesson("09_beta_vae", "Turning the KL dial", ("08",)),
    Lesson("10_conditional_vae", "Asking for what you want", ("08",)),
    Lesson("11_posterior_collapse", "When the decoder stops listening", ("09",)),
    Lesson("12_evaluation", "Is it any good?", ("10",)),
    Lesson("13_anomaly_detection", "Watching servers", ("04",)),
    Lesson("14_compression", "Fewer bits", ("09",)),
    Lesson("15_choosing", "Autoencoder, GAN or diffusion?", ("12",)),
)


def find(name) -> Lesson:
    """The lesson that is called 1, 01 or 01_reconstruction.

    Raises:
        ValueError: for any other name, listing the range.
    """
    text = str(name)
    for lesson in LESSONS:
        if text == lesson.folder or text.zfill(2) == lesson.number:
            return lesson
    raise ValueError(f"There is no lesson {text!r}. Expected a number from 1 to {len(LESSONS)}, or a folder's name.")
