/**
 * What goes out to chat services. Assumed from their public documentation, and tried against stand-ins only:
 * Slack's incoming webhooks (`{"text": …}`; `&`, `<` and `>` escaped; Mattermost and others take the same), and
 * Chatwork's API v2 (`POST /rooms/{room}/messages`, a form with `body`, the token in `x-chatworktoken`).
 */
export const chatwork = {
  /** assumed */
  messagesUrl: (room: string): string =>
    `https://api.chatwork.com/v2/rooms/${encodeURIComponent(room)}/messages`,
  /** assumed */
  tokenHeader: 'x-chatworktoken',
} as const;

const slackEntities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** assumed: text in which nothing of ours becomes a mention or a link of Slack's. */
export const slackText = (text: string): string =>
  text.replace(/[&<>]/gu, (sign) => slackEntities[sign] ?? sign);

/** assumed: text in which nothing of ours becomes a tag of Chatwork's, such as `[toall]`. */
export const chatworkText = (text: string): string => text.replaceAll('[', '［').replaceAll(']', '］');
