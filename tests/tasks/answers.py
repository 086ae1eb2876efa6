"""What tests of the pages of reports read from their answers."""


def form_url(task):
    return f"/tasks/{task.pk}/report/"


def text(response):
    return response.content.decode()


def errors(response):
    return {name: list(told) for name, told in response.context["form"].errors.items()}
