"""The pages of key tasks."""

from django.urls import path

from . import views

urlpatterns = [
    path("tasks/", views.board, name="tasks"),
    path("tasks/<int:pk>/", views.task, name="task"),
]
