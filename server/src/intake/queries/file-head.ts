import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import type { Deps } from '#kernel/deps.ts'
import { pathOf } from '#kernel/upload.ts'
import type { ImportRow } from '../import-row.ts'
import { FileRefused, type Format, proposeMapping, readTable } from '../reading/index.ts'

/** The headings of a file and its first rows, enough to propose a mapping from. */
export interface FileHead {
  headings: string[]
  sample: string[][]
}
const sampleRows = 200

/**
 * Where the file of an import lies.
 * @throws FileRefused where it was taken away: a backup may come back without its files
 */
export async function fileOf(deps: Deps, fileId: string): Promise<string> {
  const path = pathOf(deps, fileId)
  await access(path).catch(() => {
    throw new FileRefused('file_gone')
  })
  return path
}

/**
 * Reads the beginning of a kept file as a format says.
 * @throws FileRefused where this is no table, or one without rows
 */
export async function readHead(deps: Deps, fileId: string, format: Format): Promise<FileHead> {
  const source = createReadStream(await fileOf(deps, fileId))
  try {
    const { headings, rows } = await readTable(source, format)
    const sample: string[][] = []
    for await (const { cells } of rows) {
      sample.push(cells)
      if (sample.length === sampleRows) break
    }
    if (sample.length === 0) throw new FileRefused('file_no_rows')
    return { headings, sample }
  } finally {
    source.destroy()
  }
}

/** A column as the page shows it. */
export interface ShownColumn {
  index: number
  heading: string
  samples: string[]
  field: string | null
  confidence: number | null
  /** What it would fill by its heading and values, chosen or not. */
  proposed: string | null
  ignored: 'later' | 'taken' | 'doubtful' | 'empty' | 'unknown' | 'chosen' | null
}

/** The columns of a file with what they fill now: as proposed, or as a person chose. */
export function shownColumns(
  row: Pick<ImportRow, 'kind' | 'fileId' | 'format' | 'mapping'>,
  headings: string[],
  sample: string[][],
) {
  const fieldOf = new Map(Object.entries(row.mapping).map(([field, column]) => [column, field]))
  return proposalOf(row, headings, sample).map((proposed): ShownColumn => {
    const { column: index, heading, samples } = proposed
    const field = fieldOf.get(index) ?? null
    const shown = { index, heading, proposed: proposed.field, samples: samples.map((value) => value.slice(0, 200)) }
    if (field !== null) {
      const asProposed = field === proposed.field
      return { ...shown, field, confidence: asProposed ? proposed.confidence : null, ignored: null }
    }
    if (proposed.ignored === 'later') return { ...shown, field: proposed.field, confidence: null, ignored: 'later' }
    return { ...shown, field: null, confidence: null, ignored: proposed.ignored ?? 'chosen' }
  })
}

type Proposal = ReturnType<typeof proposeMapping>
const proposals = new Map<string, Proposal>()
const mostProposals = 10

/** A page that watches an import asks each second, and a proposal takes 20 ms: the last few are kept. */
function proposalOf(
  row: Pick<ImportRow, 'kind' | 'fileId' | 'format'>,
  headings: string[],
  sample: string[][],
): Proposal {
  const key = JSON.stringify([row.kind, row.fileId, row.format])
  const proposal = proposals.get(key) ?? proposeMapping(row.kind, headings, sample, row.format)
  proposals.delete(key)
  proposals.set(key, proposal)
  if (proposals.size > mostProposals) proposals.delete(proposals.keys().next().value!)
  return proposal
}
