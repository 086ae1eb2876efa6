"""Organizations, enterprises, villages and outside units that work together."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from orgs.scope import DatedQuerySet, leads_inside

from .record import DatedRecord, Record


class PairingQuerySet(DatedQuerySet):
    def inside(self, scope):
        """A pairing is inside the scope of whoever keeps it, and of every side it binds."""
        sides = PairingSide.objects.filter(leads_inside(scope))
        return super().inside(scope) | Q(pk__in=sides.order_by().values("pairing"))


class Pairing(DatedRecord):
    """结对共建: organizations, enterprises, villages or outside units that work together."""

    class Mode(models.TextChoices):
        ONE_TO_ONE = "one_to_one", "一对一"
        ONE_TO_MANY = "one_to_many", "一对多"

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="pairings", verbose_name="牵头党组织"
    )
    name = models.CharField("共建名称", max_length=80)
    mode = models.CharField("共建方式", max_length=20, choices=Mode)
    plan = models.CharField("共建内容", max_length=200, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta(DatedRecord.Meta):
        verbose_name = "结对共建"
        verbose_name_plural = "结对共建"
        ordering = ["pk"]
        constraints = [
            *DatedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="orgs_pairing_name_once",
                violation_error_message="已有同名的结对共建。",
            ),
        ]

    def __str__(self):
        return self.name


PARTNERS = ("party_organization", "enterprise", "village")


def names_one_partner():
    """Exactly one of a record or the name of an outside unit."""
    chosen = [
        Q(**{f"{other}__isnull": other != partner for other in PARTNERS}, unit="")
        for partner in PARTNERS
    ]
    outside = Q(**{f"{partner}__isnull": True for partner in PARTNERS}) & ~Q(unit="")
    return Q(*chosen, outside, _connector=Q.OR)


class PairingSide(Record):
    """共建单位: one partner on one side of a pairing."""

    class Side(models.TextChoices):
        FIRST = "first", "甲方"
        SECOND = "second", "乙方"

    pairing = models.ForeignKey(
        Pairing, models.CASCADE, related_name="sides", verbose_name="结对共建"
    )
    side = models.CharField("方", max_length=10, choices=Side)
    party_organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pairing_sides",
        verbose_name="党组织",
    )
    enterprise = models.ForeignKey(
        "orgs.Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pairing_sides",
        verbose_name="企业",
    )
    village = models.ForeignKey(
        "orgs.Village",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pairing_sides",
        verbose_name="村（社区）",
    )
    unit = models.CharField("外部单位", max_length=60, blank=True)

    inside = ("pairing",)
    sibling_key = "pairing"

    class Meta:
        verbose_name = "共建单位"
        verbose_name_plural = "共建单位"
        ordering = ["pairing", "side", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=names_one_partner(),
                name="orgs_pairingside_one_partner",
                violation_error_message="每行只填一个党组织、企业、村（社区）或外部单位。",
            ),
            *(
                models.UniqueConstraint(
                    fields=["pairing", partner],
                    name=f"orgs_pairingside_once_{partner}",
                    violation_error_message="同一共建单位只能填一次。",
                )
                for partner in PARTNERS
            ),
            models.UniqueConstraint(
                fields=["pairing", "unit"],
                condition=~Q(unit=""),
                name="orgs_pairingside_once_unit",
                violation_error_message="同一共建单位只能填一次。",
            ),
        ]

    def __str__(self):
        return str(self.party_organization or self.enterprise or self.village or self.unit)

    def clean_among(self, siblings):
        if self.unit and any(side.unit == self.unit for side in siblings):
            raise ValidationError({"unit": "同一共建单位只能填一次。"})
