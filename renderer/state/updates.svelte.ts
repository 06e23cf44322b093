/** Whether somebody asked for newer versions from the menu; the Settings screen takes it up. */
class Updates {
  wanted = $state(false);
}

/** The one wish. */
export const updates = new Updates();
