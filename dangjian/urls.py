"""Every address of the application."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from dangjian import resuming

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("orgs.urls")),
    path("", include("elections.urls")),
    path("", include("tasks.urls")),
    path("login/", resuming.SignIn.as_view(), name="login"),
    path("resume/", resuming.resume, name="resume"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("password/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    # One login page and one password page: the admin's own lead there.
    path(
        "admin/login/",
        login_not_required(RedirectView.as_view(pattern_name="login", query_string=True)),
    ),
    path("admin/logout/", RedirectView.as_view(pattern_name="logout")),
    path("admin/password_change/", RedirectView.as_view(pattern_name="password_change")),
    path("admin/", admin.site.urls),
]
