"""The pages of village elections."""

from django.urls import path

from .views import rosters, terms

urlpatterns = [
    path("elections/", terms.terms, name="terms"),
    path("elections/<int:pk>/", terms.term, name="term"),
    path("elections/rosters/<int:pk>/", rosters.roster, name="roster"),
]
