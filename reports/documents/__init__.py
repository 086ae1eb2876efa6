"""The year's papers: what an office writes, with every number in it counted from records.

`build` puts a document together, `paper` is what it is made of; the texts an office starts from are
`reports/texts`, those it has written `reports.models.Section`. `signing` keeps a document as a
leader signed it (`stored`, `evidence`); `drift` and `edits` tell what has changed since.
"""
