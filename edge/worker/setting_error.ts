/** SettingError says which setting is wrong and why; never what a secret holds. */
export class SettingError extends Error {
  constructor(name: string, reason: string) {
    super(`${name} ${reason}`);
    this.name = "SettingError";
  }
}
