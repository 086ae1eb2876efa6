"""Who works here: the office, its departments and its users."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from orgs.roles import Role, permissions_of
from orgs.scope import ScopedQuerySet

from .record import Record


class Office(Record):
    """使用单位: the subdistrict office whose year this is."""

    organization = models.OneToOneField(
        "orgs.Organization", models.PROTECT, related_name="office", verbose_name="党组织"
    )
    name = models.CharField("单位名称", max_length=40, help_text="页眉和报表封面上的名称。")
    working_year = models.PositiveSmallIntegerField("工作年度")
    change_threshold = models.PositiveSmallIntegerField(
        "变动说明界限（%）",
        default=30,
        validators=[MinValueValidator(1)],
        help_text="总结中的数比上年增减超过这个百分比的，要在勾稽校核中说明原因。",
    )

    class Meta:
        verbose_name = "使用单位"
        verbose_name_plural = "使用单位"

    def __str__(self):
        return self.name


class Department(Record):
    """责任科室: a department of the office."""

    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="departments", verbose_name="党组织"
    )
    name = models.CharField("科室名称", max_length=40)

    named_by = "name"

    class Meta:
        verbose_name = "科室"
        verbose_name_plural = "科室"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="orgs_department_name_once",
                violation_error_message="已有同名科室。",
            ),
        ]

    def __str__(self):
        return self.name


class UserManager(BaseUserManager.from_queryset(ScopedQuerySet)):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, username, password=None, **fields):
        """An administrator; sees nothing until an organization is given to them."""
        return self.create_user(username, password, role=Role.ADMINISTRATOR, **fields)


class User(AbstractBaseUser):
    """用户: sees the subtree of their organization, and does what their role allows."""

    organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name="所属党组织",
        help_text="只能看到该党组织及其下级的记录；留空则什么也看不到。",
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name="科室"
    )
    person = models.ForeignKey(
        "orgs.Person", models.PROTECT, null=True, blank=True, verbose_name="对应人员"
    )
    username = models.CharField(
        "用户名", max_length=40, unique=True, error_messages={"unique": "已有同名用户。"}
    )
    name = models.CharField("姓名", max_length=40)
    role = models.CharField("角色", max_length=20, choices=Role)
    is_active = models.BooleanField("启用", default=True, help_text="离岗人员取消勾选，不要删除。")

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])
    inside = ("organization",)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "用户"
        verbose_name_plural = "用户"
        ordering = ["pk"]

    def __str__(self):
        return self.name or self.username

    def save(self, **options):
        # A sign-in is not an edit: Django stamps last_login through save().
        if options.get("update_fields") == ["last_login"]:
            self.skip_history_when_saving = True
        try:
            super().save(**options)
        finally:
            self.__dict__.pop("skip_history_when_saving", None)

    @property
    def is_staff(self):
        """May enter the registers' data entry."""
        return self.is_active and self.role in {Role.ADMINISTRATOR, Role.CLERK}

    def has_perm(self, permission, obj=None):
        return self.is_active and permission in permissions_of(self.role)

    def has_perms(self, permissions, obj=None):
        return all(self.has_perm(permission, obj) for permission in permissions)

    def has_module_perms(self, app_label):
        return self.is_active and any(
            permission.startswith(f"{app_label}.") for permission in permissions_of(self.role)
        )
