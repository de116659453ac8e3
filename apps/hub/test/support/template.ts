/**
 * Brings the template that every test database is copied from up to date: called once a run, with the URL of an empty
 * database. Every connection to it has to be closed when this resolves, or it cannot be copied.
 */
export async function prepareTemplate(_url: string): Promise<void> {}
