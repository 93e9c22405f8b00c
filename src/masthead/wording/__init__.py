"""The words people see, in their languages: message catalogues.

The English sentence itself names a message, so a missing translation reads as English and never as a key.
"""

from masthead.wording.catalogue import Translator, direction, languages, text, translator

__all__ = ["Translator", "direction", "languages", "text", "translator"]
