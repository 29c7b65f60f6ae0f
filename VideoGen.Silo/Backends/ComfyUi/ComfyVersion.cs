namespace VideoGen.Silo.Backends.ComfyUi;

/// <summary>
/// What a version of ComfyUI can do. The numbers are those of the pull requests in Comfy-Org/ComfyUI: an id by the client
/// (13998), a cancel by id (14493), an interrupt by id (9607).
/// </summary>
internal sealed record ComfyVersion(Version Number)
{
    private static readonly Version OwnIds = new(0, 25);
    private static readonly Version JobCancel = new(0, 26);
    private static readonly Version InterruptById = new(0, 3, 60);

    /// <summary>Whether a job gets the id that we choose.</summary>
    public bool TakesOurIds => Number >= OwnIds;

    /// <summary>Whether one call cancels a job, waiting or running, and no other.</summary>
    public bool CancelsJobs => Number >= JobCancel;

    /// <summary>Whether an interrupt with an id stops that job only. Without that, it would stop whatever runs.</summary>
    public bool InterruptsById => Number >= InterruptById;

    /// <summary>What this version cannot do, for the operator; null when it can do everything.</summary>
    public string? Limits => !TakesOurIds
        ? $"ComfyUI {Number} does not take ids of ours, so that a job whose answer was lost is found by a mark in its queue and "
            + $"history only. Update it to {OwnIds} or later."
        : !CancelsJobs
            ? $"ComfyUI {Number} cannot cancel a job in one step. Update it to {JobCancel} or later."
            : null;

    /// <summary>
    /// Reads <c>comfyui_version</c>, such as <c>0.36.0</c> or <c>v0.3.60-2-gabc</c>; null when it is something else.
    /// </summary>
    public static ComfyVersion? Parse(string? text)
    {
        var digits = new string([.. (text ?? "").TrimStart('v').TakeWhile(letter => char.IsAsciiDigit(letter) || letter is '.')]);
        return Version.TryParse(digits.TrimEnd('.'), out var number) ? new ComfyVersion(number) : null;
    }
}
