namespace VideoGen.Grains.Reminders;

/// <summary>
/// The durable safety net of an unfinished generation: a reminder that is registered before anything else is stored, and removed
/// last. Its name contains the owner, so that a tick without a stored generation still knows which history to clean up.
/// </summary>
internal sealed class GenerationReminder(IGrainBase grain)
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private const string Prefix = "drive/";

    private IGrainReminder? _reminder;

    public static string NameFor(string owner) => Prefix + owner;

    public static string OwnerOf(string reminderName) => reminderName[Prefix.Length..];

    public async Task RegisterAsync(string owner) =>
        _reminder = await grain.RegisterOrUpdateReminder(NameFor(owner), Period, Period);

    public async Task UnregisterAsync(string owner)
    {
        if ((_reminder ?? await grain.GetReminder(NameFor(owner))) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }

        _reminder = null;
    }
}
