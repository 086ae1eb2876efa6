"""How much may be uploaded: what is over the limit is refused while it arrives, and not stored."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class SizeLimit(FileUploadHandler):
    """Stops at UPLOAD_MAX_BYTES of files, and leaves `upload_refused` on the request.

    The rest of the request is read and thrown away: a connection closed in the middle would show
    the user the browser's own error page instead of ours.
    """

    received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES:
            self.request.upload_refused = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size):
        return None  # the next handler has the file
