"""The pages of key tasks."""

from django.urls import path

from .views import progress, tasks

urlpatterns = [
    path("tasks/", tasks.board, name="tasks"),
    path("tasks/reviews/", progress.reviews, name="reviews"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/report/", progress.report, name="report"),
    path("tasks/progress/<int:pk>/", progress.progress, name="progress"),
    path("tasks/evidence/<int:pk>/", progress.evidence, name="evidence"),
]
