/** Ownerships under which the state founded the university; private, independent and military ones are outside (D§5.2). */
const STATE_FOUNDED: ReadonlySet<string> = new Set(['CENTRAL', 'PROVINCIAL', 'MUNICIPAL']);

/** Whether a university is one of the 国家设立的高等院校, whom arts 18, 21 and 45 of 促进科技成果转化法 bind. */
export const isStateFounded = (ownership: string): boolean => STATE_FOUNDED.has(ownership);
