namespace VideoGen.Grains.Calls;

/// <summary>
/// Marks a grain method that may be called again when its response was lost: a repeated call has no further effect.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatableAttribute : Attribute;
