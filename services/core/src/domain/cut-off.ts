/** What an office that is cut off is still told: that it is, and when it is no more. */
const ABOUT_THE_LINE = /^\/(juki\.directory\.v1\.DirectoryService\/PublishDirectory|grpc\.health\.v1\.)/;

export function isAboutTheLine(method: string): boolean {
  return ABOUT_THE_LINE.test(method);
}
