namespace VideoGen.Grains.Calls;

/// <summary>
/// Goes with a call, and with the calls that it leads to, when the same was asked before and nobody knows what came of it. Who is asked
/// may then look harder for what there already is; a first call pays nothing for that.
/// </summary>
public static class Repetition
{
    private const string Key = "videogen.repetition";

    /// <summary>Whether this call may repeat another one.</summary>
    public static bool IsLikely => RequestContext.Get(Key) is true;

    /// <summary>Marks the calls that are made from here on.</summary>
    public static void Mark() => RequestContext.Set(Key, true);
}
