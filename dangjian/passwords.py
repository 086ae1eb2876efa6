"""Password rules of 等保 2.0: several classes of characters, on top of Django's own validators."""

import string

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


class LengthValidator(MinimumLengthValidator):
    """Django's rule in Chinese: its own translation lacks the words of 5.2."""

    def get_error_message(self):
        return f"密码太短，至少需要{self.min_length}个字符。"

    def get_help_text(self):
        return f"密码至少需要{self.min_length}个字符。"


class CharacterClassesValidator:
    """Refuses a password with fewer than `classes` of: lower case, upper case, digits, other."""

    def __init__(self, classes=3):
        self.classes = classes

    def validate(self, password, user=None):
        named = [any(char in group for char in password) for group in CLASSES]
        other = any(char not in "".join(CLASSES) for char in password)
        if sum([*named, other]) < self.classes:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self):
        return f"密码须包含大写字母、小写字母、数字、其他符号中的至少{self.classes}类。"
