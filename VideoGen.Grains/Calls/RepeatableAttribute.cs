namespace VideoGen.Grains.Calls;

/// <summary>
/// Marks a grain method that may be called again when its answer was lost: a second call changes nothing that the first one did.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatableAttribute : Attribute;
