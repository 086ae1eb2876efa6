"""The pages of village elections."""

from django.urls import path

from . import views

urlpatterns = [
    path("elections/", views.terms, name="terms"),
    path("elections/<int:pk>/", views.term, name="term"),
]
