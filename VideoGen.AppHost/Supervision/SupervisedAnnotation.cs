namespace VideoGen.AppHost.Supervision;

/// <summary>Marks a resource whose processes are started again when they end by themselves.</summary>
internal sealed class SupervisedAnnotation : IResourceAnnotation;
