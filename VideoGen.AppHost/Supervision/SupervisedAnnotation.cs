namespace VideoGen.AppHost.Supervision;

/// <summary>Marks a resource whose processes are restarted when they exit by themselves.</summary>
internal sealed class SupervisedAnnotation : IResourceAnnotation;
