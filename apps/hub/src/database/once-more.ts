const uniqueViolation = '23505';

/**
 * Two at one moment about something that is new to both: the second does its work once more, and finds what the first
 * has stored. The work has to be one transaction.
 */
export async function onceMoreIfKnown<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = (error as { driverError?: { code?: string } }).driverError ?? {};
    if (code !== uniqueViolation) throw error;
    return work();
  }
}
