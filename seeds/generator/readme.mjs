/* The sample's README: what is in it, and where the awkward rows are. */

const countOf = (sheets) => sheets.map(({ file, rows }) => `| \`${file}\` | ${rows.length} |`).join('\n');

const awkward = (sheets) =>
  sheets
    .flatMap(({ file, rows }) =>
      rows.flatMap(({ note }, index) => (note ? [`| \`${file}\` | ${index + 2} | ${note} |`] : [])),
    )
    .join('\n');

export const sampleReadme = (sheets) => `# 示例数据 Sample history

Everything here is invented and marked 示例; no real university, company or person did any of it. Patent, software and credit code
numbers are drawn at random so that their check digits hold; one that exists is a coincidence. \`node seeds/generate.mjs\` writes the
files anew, byte for byte the same. They are imported after \`seeds/reference\`, in the order of the numbers in their names.

| file | rows |
|---|---|
${countOf(sheets)}

## Awkward rows

Row numbers are those a spreadsheet program shows; row 1 holds the headers.

| file | row | what is awkward |
|---|---|---|
${awkward(sheets)}

Besides: \`cshb\` has conversions and no baseline, \`hnsy\` an approved baseline of 0, \`nudt\` stands outside the panel; \`hunnu\` and \`csmu\` are
named in full in the contract sheets, by code elsewhere.
`;
