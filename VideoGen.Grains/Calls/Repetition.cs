namespace VideoGen.Grains.Calls;

/// <summary>
/// Marks a call, and the calls that it leads to, as a possible repetition of an earlier call whose outcome is unknown. The callee
/// may then search more thoroughly for existing results; first calls do not pay for that.
/// </summary>
public static class Repetition
{
    private const string Key = "videogen.repetition";

    /// <summary>Whether this call may repeat an earlier one.</summary>
    public static bool IsLikely => RequestContext.Get(Key) is true;

    /// <summary>Marks all calls that are made from here on.</summary>
    public static void Mark() => RequestContext.Set(Key, true);
}
