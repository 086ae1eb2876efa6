"""The pages on which party life is entered every week."""

from django.urls import path

from .views import activities, checklists

urlpatterns = [
    path("activities/", activities.overview, name="activities"),
    path("activities/new/", activities.new, name="activity_new"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("checklists/", checklists.overview, name="checklists"),
    path("checklists/<int:pk>/", checklists.round_of, name="checklist_round"),
]
