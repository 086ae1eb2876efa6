"""The pages of village elections."""

from django.urls import path

from .views import expiry, rosters, terms, villages

urlpatterns = [
    path("elections/", terms.terms, name="terms"),
    path("elections/<int:pk>/", terms.term, name="term"),
    path("elections/<int:pk>/villages/<int:village>/", villages.village, name="term_village"),
    path("elections/expiry/", expiry.expiry, name="expiry"),
    path("elections/rosters/<int:pk>/", rosters.roster, name="roster"),
]
