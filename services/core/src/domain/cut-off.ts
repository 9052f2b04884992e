/** What an office that is cut off is still told: that it is, and when it is no more. It asks nothing, not even for health. */
const ABOUT_THE_LINE = '/juki.directory.v1.DirectoryService/PublishDirectory';

export function isAboutTheLine(method: string): boolean {
  return method === ABOUT_THE_LINE;
}
